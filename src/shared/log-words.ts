/**
 * What the log says from `info` on, in French. The English words are what the code names a line by, and what the JSON format
 * keeps, because collectors search for them.
 */
export const frenchLogWords: Readonly<Record<string, string>> = {
  starting: "démarrage",
  stopped: "arrêt terminé",
  "settings changed": "réglages modifiés",

  "database started": "base de données démarrée",
  "database reached": "base de données jointe",
  "database ready": "base de données prête",
  "creating the database": "création de la base de données",
  "store migrated": "base de données mise à jour",
  "another instance is migrating the store; waiting for it":
    "une autre instance met la base de données à jour ; on l'attend",
  "dumped before the migration": "sauvegarde écrite avant la mise à jour de la base de données",
  "the migration failed; the database is as it was before":
    "la mise à jour de la base de données a échoué ; elle est comme avant",
  "the database was empty; restored a dump": "la base de données était vide ; une sauvegarde est restaurée",
  "a dump cannot be read; trying the one before": "une sauvegarde est illisible ; essai de la précédente",
  "the newest dump cannot be read": "la dernière sauvegarde est illisible",
  "the newest dump cannot stand in for the database": "la dernière sauvegarde ne peut pas remplacer la base de données",
  "the dump that was confirmed over the API is restored": "la sauvegarde confirmée est restaurée",
  "the dump that was confirmed over the API is not restored": "la sauvegarde confirmée n'est pas restaurée",
  "a database server was left running by a killed process; stopping it":
    "un processus tué avait laissé son serveur de base de données ; il est arrêté",
  "no installed PostgreSQL can run the database: it was set aside, its dump takes its place":
    "aucun PostgreSQL installé ne peut ouvrir la base de données : elle est mise de côté, sa sauvegarde prend sa place",

  "API ready": "API prête",
  "page ready; open it in your browser": "page prête ; ouvrez-la dans votre navigateur",
  "the API is not served: this address is taken or not of this machine; API_PORT (api_port) gives it another port":
    "l'API n'est pas servie : cette adresse est prise, ou n'est pas de cette machine ; API_PORT (api_port) lui donne un autre port",
  "the page is not served: this address is taken or not of this machine; LINKY_WEB_PORT (web_port) gives it another port":
    "la page n'est pas servie : cette adresse est prise, ou n'est pas de cette machine ; LINKY_WEB_PORT (web_port) lui donne un autre port",
  "a request failed": "une requête à l'API a échoué",
  "somebody was not let in": "quelqu'un n'a pas pu entrer",
  "the password was chosen": "le mot de passe est choisi",
  "the password was changed": "le mot de passe est changé",
  "a session was ended": "une session est fermée",
  "an API token was created": "un jeton d'API est créé",
  "an API token was revoked": "un jeton d'API est révoqué",

  "fetched and stored": "relevé et enregistré",
  "answered, no new reading": "réponse reçue, rien de nouveau",
  "not received": "rien reçu",
  "round finished": "tour terminé",
  "this round failed; nothing stored is lost": "ce tour a échoué ; rien de ce qui est enregistré n'est perdu",
  "the plan does not come to rest; waiting for the next round":
    "le plan des appels ne s'arrête pas ; on attend le tour suivant",
  "this meter does not measure that flow": "ce compteur ne mesure pas ce sens",
  "the gateway refuses this meter": "la passerelle refuse ce compteur",
  "the day's calls are used up": "les appels du jour sont épuisés",
  "the gateway refuses the credentials": "la passerelle refuse les identifiants",
  "the gateway did not answer": "la passerelle n'a pas répondu",
  "the gateway finds the request wrong": "la passerelle refuse la demande comme incorrecte",
  "the period begins before the meter's activation": "la période commence avant la mise en service du compteur",

  "connected to the broker": "connecté au serveur MQTT",
  "publishing failed": "la publication a échoué",
  "publishing interrupted": "publication interrompue",
  "the broker lets us publish but not listen: no button, no birth message":
    "le serveur MQTT laisse publier mais pas écouter : ni bouton, ni annonce du redémarrage de Home Assistant",
  "Home Assistant started: everything is published again": "Home Assistant a démarré : tout est publié de nouveau",
  "device not announced: Home Assistant would refuse it": "appareil non annoncé : Home Assistant le refuserait",
  "synchronisation asked for over MQTT": "relevé demandé par MQTT",

  "statistics written and read back": "statistiques écrites et relues",
  "writing statistics failed; nothing stored is lost":
    "l'écriture des statistiques a échoué ; rien de ce qui est enregistré n'est perdu",
  "Home Assistant no longer has these rows; writing them again":
    "Home Assistant n'a plus ces lignes ; elles sont réécrites",
  "somebody else writes into this series": "un autre programme écrit dans cette série",
  "history adopted": "historique repris",
  "adoption undone": "reprise défaite",
  "own series wait for the next pass": "les séries du pont attendent le tour suivant",

  exported: "exporté",
  "exporting works again": "l'envoi réussit de nouveau",
  "an export could not begin; it is tried again": "un envoi n'a pas pu commencer ; il est retenté",
  "exporting failed; nothing stored is lost": "l'envoi a échoué ; rien de ce qui est enregistré n'est perdu",
  "what had been exported was no longer there; all of it was sent again":
    "ce qui avait été envoyé n'y était plus ; tout est renvoyé",
  "a value of the past has changed: the series is written anew": "une valeur du passé a changé : la série est réécrite",
  "corrected values are appended: the series holds older ones that nobody could restore":
    "les valeurs corrigées sont ajoutées : la série en contient de plus anciennes que personne ne pourrait rétablir",
  "corrected values were appended: the larger one of each instant may be shown":
    "les valeurs corrigées sont ajoutées : à chaque instant, la plus grande peut être montrée",
  "made on Jeedom": "créé sur Jeedom",

  "the demonstration home is there": "la maison de démonstration est prête",
  "the demonstration home ends": "la maison de démonstration se ferme",
  "the demonstration home failed": "la maison de démonstration a échoué",
  "the demonstration's program failed": "le programme de démonstration a échoué",
};
