import type { UsagePointId } from "../../domain/units.ts";
import { clientId, credential } from "../credential.ts";
import { databaseUrl } from "../database-url.ts";
import { gatewayUrl, publicGateway } from "../gateway-url.ts";
import { usagePoints } from "../kinds.ts";
import { option } from "../option.ts";

const none = { fr: "aucun", en: "none" };

export const gatewayOptions = {
  client_id: option<string | null>({
    env: ["MED_CLIENT_ID", "CLIENT_ID"],
    secret: true,
    fromFile: true,
    kind: clientId,
    fallback: null,
    fallbackText: none,
    manifestType: "str?",
    name: { fr: "Identifiant client", en: "Client id" },
    meaning: {
      fr: "Identifiant client (client_id) de votre compte MyElectricalData.",
      en: "Client id (client_id) of your MyElectricalData account.",
    },
    advice: {
      fr: "Indispensable, avec client_secret ; la démonstration s'en passe.",
      en: "Needed, together with client_secret; the demo does without.",
    },
  }),
  client_secret: option<string | null>({
    env: ["MED_CLIENT_SECRET", "CLIENT_SECRET"],
    secret: true,
    fromFile: true,
    kind: credential,
    fallback: null,
    fallbackText: none,
    manifestType: "password?",
    name: { fr: "Secret client", en: "Client secret" },
    meaning: {
      fr: "Secret client (client_secret) du même compte.",
      en: "Client secret (client_secret) of the same account.",
    },
    advice: {
      fr: "À remplacer si vous en créez un nouveau sur la page de votre compte.",
      en: "Replace it when you create a new one on your account page.",
    },
  }),
  gateway_url: option<string>({
    env: ["MED_API_URL", "GATEWAY_URL"],
    kind: gatewayUrl,
    fallback: publicGateway,
    manifestType: "url?",
    name: { fr: "Adresse de la passerelle", en: "Gateway address" },
    meaning: {
      fr: "Adresse de base de la passerelle MyElectricalData (v2).",
      en: "Base address of the MyElectricalData gateway (v2).",
    },
    advice: {
      fr: "À changer seulement si vous hébergez votre propre passerelle.",
      en: "Change it only if you host a gateway of your own.",
    },
  }),
  usage_points: option<readonly UsagePointId[]>({
    env: ["LINKY_USAGE_POINTS"],
    kind: usagePoints,
    fallback: [],
    fallbackText: { fr: "tous ceux du compte", en: "all of the account" },
    manifestType: "str?",
    name: { fr: "Points de livraison", en: "Usage points" },
    meaning: {
      fr: "Numéros de PDL (ou PRM) à suivre, 14 chiffres chacun, séparés par des virgules.",
      en: "PDL (or PRM) numbers to follow, 14 digits each, separated by commas.",
    },
    advice: {
      fr: "À remplir pour laisser de côté certains compteurs du compte.",
      en: "Fill it in to leave out some meters of the account.",
    },
  }),
  database_url: option<string | null>({
    env: ["DATABASE_URL"],
    secret: true,
    fromFile: true,
    kind: databaseUrl,
    fallback: null,
    fallbackText: { fr: "base intégrée", en: "built-in database" },
    manifestType: "password?",
    name: { fr: "Base PostgreSQL", en: "PostgreSQL database" },
    meaning: {
      fr: "Adresse d'une base PostgreSQL (15 ou plus récent) : postgresql://nom:mot-de-passe@machine:5432/base.",
      en: "Address of a PostgreSQL database (15 or newer): postgresql://user:password@host:5432/database.",
    },
    advice: {
      fr: "À remplir si vous avez déjà un serveur PostgreSQL sauvegardé ; donnez une base réservée à Linky Bridge.",
      en: "Fill it in if you already run a PostgreSQL server with backups; give Linky Bridge a database of its own.",
    },
  }),
};
