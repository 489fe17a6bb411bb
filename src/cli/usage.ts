import { publicGateway } from "../config/gateway-url.ts";
import type { Language } from "../shared/language.ts";

/** The help text, at most 80 columns wide, with a line break at its end. */
export const usage = (language: Language): string => (language === "fr" ? french : english);

const french = `Linky Bridge : votre compteur Linky dans Home Assistant.

Usage : linky-bridge <commande> [options]

Commandes
  start     Relève, conserve et publie, jusqu'à ce qu'on l'arrête
  demo      La même chose avec un foyer inventé : ni compte, ni réglage
  sync      Relève ce qui manque une fois, publie, puis s'arrête
  status    Ce qui est connu, ce qui manque, et quand a lieu le prochain appel
  statistics  Les séries écrites dans Home Assistant, la formule tarifaire
  energy    Le tableau Énergie : ce qui y est, ce qui peut y entrer
              energy apply --yes, energy undo --yes
  adopt     Reprend l'historique d'un ancien outil
              adopt OUTIL --continue|--copy [--yes], adopt undo [--yes]
  prices    Les prix en vigueur, d'où ils viennent, l'abonnement
  bill      La facture d'un mois, d'une année ou de jours choisis
  explain   Le coût d'une heure, expliqué : explain "2026-11-20 22:30"
  compare   Offres et puissances comparées sur vos propres demi-heures
  verify    Contrôle que l'historique conservé est exact au wattheure près
  backup    Sauvegarde tout l'historique dans un fichier : backup [--to DOSSIER]
  restore   Remet une sauvegarde en place : restore FICHIER [--yes]
  password  Choisit un nouveau mot de passe pour la page
  token     Les jetons des programmes : token create NOM, list, revoke NOM
  secrets   secrets rotate : chiffre les secrets sous une nouvelle clé
  export    Envoie maintenant ce qui manque : export [DESTINATION]
  test-export  Essaie une destination pas à pas : test-export DESTINATION
              (victoriametrics, jeedom, homeassistant_states)
  doctor    Essaie chaque liaison et dit quoi faire quand l'une ne va pas
  help      Cette aide

Options de toutes les commandes
  --language fr|en    Langue des messages (fr par défaut)
  --data-dir DOSSIER  Dossier de la base PostgreSQL intégrée
  --options FICHIER   Fichier d'options JSON
  -h, --help          Cette aide
  -v, --version       Version du programme

Options de demo
  --play FICHIER      Rejoue un enregistrement au lieu du foyer inventé, et les
                      couleurs Tempo de tempo_calendar.csv à côté de lui
  --mqtt ADRESSE      Publie sur ce serveur MQTT au lieu de celui de la démo
  --speed N           Fait passer le temps N fois plus vite
  --data DOSSIER      Dossier où garder les données de la démo
  --port N            Port du serveur MQTT de la démo

Options de verify
  --registers FICHIER Export CSV des index quotidiens de l'espace client Enedis

Options d'energy et adopt (rien ne change sans --yes)
  --yes               Fait ce qui est montré
  --replace ID        energy : retire cette série du tableau (répétable)
  --anyway            energy : aussi ce qui compterait deux fois
  --continue, --copy  adopt : garder l'identifiant de l'outil, ou copier
  --meter PDL         adopt : ce compteur
  --until JOUR        adopt : premier jour qui n'est plus copié
  --prefix MOT        adopt : préfixe des identifiants de MyElectricalData v2

Options de password
  --stdin             Lit le mot de passe sur l'entrée, sans le demander

Options de prices, bill, explain et compare
  --meter PDL         bill, explain, compare : ce compteur ; sans elle, chacun
  --at JOUR           prices : les prix de ce jour
  --month AAAA-MM, --year AAAA, --from JOUR, --to JOUR
                      bill : ce qu'elle couvre (from et to : compare aussi)
  --invoice EUROS     bill : compare avec le montant d'une facture
  --what-if HEURES    compare : avec d'autres heures creuses

Option de status, statistics, energy, adopt, prices, bill, explain, compare,
verify, token, export et doctor
  --json              Réponse en JSON, pour un autre programme

Pour démarrer avec votre compte MyElectricalData
  MED_CLIENT_ID=… MED_CLIENT_SECRET=… MQTT_BROKER=mqtt://192.168.1.10 \\
    linky-bridge start
  Passerelle : ${publicGateway}
  Tous les réglages : docs/configuration.md

Code de sortie : 0 tout va bien, 1 échec, 2 réglage ou commande à corriger.
`;

const english = `Linky Bridge: your Linky meter in Home Assistant.

Usage: linky-bridge <command> [options]

Commands
  start     Fetches, keeps and publishes until it is stopped
  demo      The same with an invented home: no account, no settings
  sync      Fetches what is missing once, publishes, then ends
  status    What is known, what is missing, and when the next call is due
  statistics  The series written to Home Assistant, the plan, the off-peak hours
  energy    The Energy Dashboard: what it has, what can go in without doubling
              energy apply --yes, energy undo --yes
  adopt     Takes over the history of another tool
              adopt TOOL --continue|--copy [--yes], adopt undo [--yes]
  prices    The prices in force, where they come from, the standing charge
  bill      The bill of a month, a year or chosen days
  explain   The cost of one hour, explained: explain "2026-11-20 22:30"
  compare   Offers and subscribed powers over your own half-hours
  verify    Checks that the stored history is exact to the watt-hour
  backup    Saves all the history into one file: backup [--to DIRECTORY]
  restore   Puts a backup back: restore FILE [--yes]
  password  Chooses a new password for the page
  token     The tokens of programs: token create NAME, list, revoke NAME
  secrets   secrets rotate: encrypts the secrets under a new key
  export    Sends now what is lacking: export [DESTINATION]
  test-export  Tries a destination step by step: test-export DESTINATION
              (victoriametrics, jeedom, homeassistant_states)
  doctor    Tries each connection and says what to do where one fails
  help      This help

Options of every command
  --language fr|en    Language of messages (fr by default)
  --data-dir DIR      Directory of the built-in PostgreSQL database
  --options FILE      Options file in JSON
  -h, --help          This help
  -v, --version       Version of the program

Options of demo
  --play FILE         Plays a recording instead of the invented home, and the
                      Tempo colours of tempo_calendar.csv beside it
  --mqtt ADDRESS      Publishes to this MQTT broker instead of the demo's own
  --speed N           Lets time pass N times as fast
  --data DIR          Directory in which to keep the demo's data
  --port N            Port of the demo's MQTT broker

Options of verify
  --registers FILE    CSV export of the daily indexes from your Enedis account

Options of energy and adopt (nothing changes without --yes)
  --yes               Does what is shown
  --replace ID        energy: takes this series out; may be repeated
  --anyway            energy: also what would count twice
  --continue, --copy  adopt: keep the tool's id, or copy
  --meter PDL         adopt: this meter
  --until DAY         adopt: first day that is no longer copied
  --prefix WORD       adopt: prefix of the ids of MyElectricalData v2

Options of password
  --stdin             Reads the password from the input instead of asking

Options of prices, bill, explain and compare
  --meter PDL         bill, explain, compare: this meter; without it, each
  --at DAY            prices: those of this day
  --month YYYY-MM, --year YYYY, --from DAY, --to DAY
                      bill: what it covers (from and to: compare as well)
  --invoice EUROS     bill: compares with the amount of an invoice
  --what-if HOURS     compare: with other off-peak hours

Option of status, statistics, energy, adopt, prices, bill, explain, compare,
verify, token, export and doctor
  --json              Answer in JSON, for another program

To start with your MyElectricalData account
  MED_CLIENT_ID=… MED_CLIENT_SECRET=… MQTT_BROKER=mqtt://192.168.1.10 \\
    linky-bridge start
  Gateway: ${publicGateway}
  All settings: docs/configuration.md

Exit code: 0 all is well, 1 failure, 2 a setting or command to correct.
`;
