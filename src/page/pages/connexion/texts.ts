export const texts = {
  loading: { fr: "Chargement…", en: "Loading…" },
  login: { fr: "Vos relevés sont derrière ce mot de passe.", en: "Your readings are behind this password." },
  password: { fr: "Mot de passe", en: "Password" },
  passwordMissing: { fr: "Écrivez le mot de passe.", en: "Write the password." },
  enter: { fr: "Se connecter", en: "Sign in" },
  entering: { fr: "Vérification…", en: "Checking…" },
  forgotten: { fr: "Mot de passe oublié ?", en: "Forgotten your password?" },
  forgottenMore: {
    fr: "Il ne peut pas être retrouvé, seulement remplacé, depuis la machine où Linky Bridge tourne ; vos relevés n'y perdent rien. Là, cette commande en demande un nouveau :",
    en: "It cannot be found again, only replaced, from the machine that Linky Bridge runs on; your readings lose nothing by it. There, this command asks for a new one:",
  },
  forgottenDocker: { fr: "Dans un conteneur, avec Docker Compose :", en: "In a container, with Docker Compose:" },
  forgottenHome: {
    fr: "Dans Home Assistant, ouvrez plutôt Linky Bridge par la barre latérale : aucun mot de passe n'y est demandé, et les réglages permettent d'en choisir un autre.",
    en: "In Home Assistant, rather open Linky Bridge from the sidebar: no password is asked there, and the settings let you choose another one.",
  },
  setup: {
    fr: "Bienvenue. Choisissez le mot de passe de cette page.",
    en: "Welcome. Choose the password of this page.",
  },
  setupMore: {
    fr: "Pour savoir que c'est bien vous, Linky Bridge a écrit un code dans son journal à son démarrage.",
    en: "To know that it is you, Linky Bridge wrote a code to its log when it started.",
  },
  code: { fr: "Code du journal", en: "Code of the log" },
  codeHint: { fr: "Huit signes, par exemple 7KQM-3XWP.", en: "Eight characters, 7KQM-3XWP for instance." },
  codeMissing: { fr: "Recopiez le code du journal.", en: "Copy the code of the log." },
  whereCode: { fr: "Où est ce code ?", en: "Where is this code?" },
  whereCodeMore: {
    fr: "Cherchez la dernière ligne « Première visite » du journal. Dans un conteneur, avec Docker Compose :",
    en: 'Look for the last line "First visit" of the log. In a container, with Docker Compose:',
  },
  whereCodeElse: {
    fr: "Ailleurs, c'est dans la fenêtre ou le journal du programme ; dans Home Assistant, sous l'onglet Journal de l'application.",
    en: "Elsewhere it is in the program's window or log; in Home Assistant, under the app's Log tab.",
  },
  chosen: { fr: "Nouveau mot de passe", en: "New password" },
  chosenHint: {
    fr: "8 caractères au moins ; quatre mots au hasard font un bon mot de passe.",
    en: "8 characters at least; four words at random make a good password.",
  },
  again: { fr: "Le même encore une fois", en: "The same once more" },
  short: { fr: "Il faut 8 caractères au moins.", en: "It takes 8 characters at least." },
  differs: { fr: "Les deux ne sont pas les mêmes.", en: "The two are not the same." },
  choose: { fr: "Choisir ce mot de passe", en: "Choose this password" },
  inside: { fr: "Vous êtes connecté.", en: "You are signed in." },
  goOn: { fr: "Continuer", en: "Go on" },
} as const;
