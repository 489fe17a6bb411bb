export const texts = {
  loading: { fr: "Chargement…", en: "Loading…" },
  intro: {
    fr: "Deux valeurs, et vos relevés arrivent dans la minute.",
    en: "Two values, and your readings arrive within the minute.",
  },
  account: { fr: "Votre compte MyElectricalData", en: "Your MyElectricalData account" },
  accountWhere: { fr: "Où trouver ces valeurs ?", en: "Where are these values?" },
  accountOpen: {
    fr: "Ouvrez votre compte MyElectricalData, ou créez-le : c'est gratuit.",
    en: "Open your MyElectricalData account, or make one: it is free.",
  },
  accountConsent: {
    fr: "Donnez-lui votre accord pour lire votre compteur, sur le site d'Enedis où il vous conduit.",
    en: "Let it read your meter, on Enedis's site where it takes you.",
  },
  accountCopy: {
    fr: "Sa page de compte montre l'identifiant et le secret : copiez les deux, vous pouvez les coller ensemble.",
    en: "Its account page shows the id and the secret: copy both, you can paste them together.",
  },
  site: { fr: "Ouvrir MyElectricalData", en: "Open MyElectricalData" },
  clientId: { fr: "Identifiant client", en: "Client id" },
  clientIdHint: { fr: "Il commence par cli_.", en: "It begins with cli_." },
  clientIdMissing: {
    fr: "Collez l'identifiant client, qui commence par cli_.",
    en: "Paste the client id, which begins with cli_.",
  },
  clientSecret: { fr: "Secret client", en: "Client secret" },
  clientSecretHint: {
    fr: "Sur la même page. Il sera chiffré et ne sera plus jamais montré.",
    en: "On the same page. It will be encrypted and never shown again.",
  },
  clientSecretMissing: { fr: "Collez le secret client.", en: "Paste the client secret." },
  already: { fr: "Déjà donné.", en: "Given already." },
  bothPasted: { fr: "Les deux valeurs ont été reconnues.", en: "Both values were recognised." },

  links: { fr: "Relier aussi Home Assistant", en: "Link Home Assistant too" },
  linksMore: {
    fr: "Facultatif ; cela se fait aussi plus tard dans les réglages.",
    en: "Not needed now; the settings do it later as well.",
  },
  linksDone: {
    fr: "Home Assistant et son serveur MQTT sont déjà reliés.",
    en: "Home Assistant and its MQTT broker are linked already.",
  },
  mqtt: { fr: "Serveur MQTT, pour les entités", en: "MQTT broker, for the entities" },
  mqttBroker: { fr: "Adresse du serveur MQTT", en: "Address of the MQTT broker" },
  mqttBrokerHint: { fr: "Par exemple mqtt://192.168.1.10", en: "mqtt://192.168.1.10 for instance" },
  mqttUser: { fr: "Nom d'utilisateur MQTT", en: "MQTT user name" },
  mqttPassword: { fr: "Mot de passe MQTT", en: "MQTT password" },
  home: { fr: "Home Assistant, pour son tableau Énergie", en: "Home Assistant, for its Energy Dashboard" },
  homeUrl: { fr: "Adresse de Home Assistant", en: "Address of Home Assistant" },
  homeUrlHint: { fr: "Par exemple http://192.168.1.10:8123", en: "http://192.168.1.10:8123 for instance" },
  homeToken: { fr: "Jeton d'accès longue durée", en: "Long-lived access token" },
  homeTokenHint: {
    fr: "À créer dans Home Assistant : votre profil, onglet Sécurité.",
    en: "Made in Home Assistant: your profile, tab Security.",
  },

  link: { fr: "Relier mon compteur", en: "Link my meter" },
  trying: { fr: "Vérification…", en: "Checking…" },
  saving: { fr: "Enregistrement…", en: "Saving…" },
  anyway: { fr: "Enregistrer quand même", en: "Save all the same" },
  notSaved: {
    fr: "Rien n'est encore enregistré : corrigez, puis réessayez.",
    en: "Nothing is saved yet: correct it, then try again.",
  },
  hopGateway: { fr: "Passerelle", en: "Gateway" },
  hopMqtt: { fr: "Serveur MQTT", en: "MQTT broker" },
  hopHome: { fr: "Home Assistant", en: "Home Assistant" },

  asking: {
    fr: "Votre compte est enregistré. Linky Bridge demande la liste de vos compteurs.",
    en: "Your account is saved. Linky Bridge asks for the list of your meters.",
  },
  arriving: {
    fr: "Votre compteur est relié. Ses premiers relevés arrivent.",
    en: "Your meter is linked. Its first readings arrive.",
  },
  there: { fr: "C'est fait : vos relevés sont là.", en: "Done: your readings are here." },
  thereMore: {
    fr: "L'historique continue d'arriver tout seul, même page fermée.",
    en: "The history goes on arriving by itself, with this page closed too.",
  },
  stopped: {
    fr: "Vos relevés ne sont pas encore là.",
    en: "Your readings are not here yet.",
  },
  openHome: { fr: "Ouvrir l'accueil", en: "Open home" },
  linked: { fr: "Ce qui est relié", en: "What is linked" },
  sinkUp: { fr: "relié", en: "linked" },
  sinkOff: { fr: "non relié, facultatif", en: "not linked, not needed" },
  sinkWaiting: { fr: "en attente des premiers relevés", en: "waits for the first readings" },
  sinkDown: { fr: "ne répond pas", en: "does not answer" },
  gatewayAnswers: { fr: "reliée", en: "linked" },
  gatewaySilent: { fr: "en attente de sa première réponse", en: "waits for its first answer" },
  settings: { fr: "Ouvrir les réglages", en: "Open the settings" },
} as const;
