import { offerTypes } from "../offers.ts";
import { seedOf } from "../random.ts";
import { failure, type Reply, success, uncaught } from "../reply.ts";
import { uuidOf } from "../uuid.ts";
import type { Route, Visit } from "../visit.ts";

function offers(visit: Visit): Reply {
  const params = visit.params();
  const providerId = params.optionalText("provider_id");
  const history = params.bool("include_history", false);
  params.done();
  return success(visit.state.offers.offers({ providerId, history }, visit.now));
}

type Body = Readonly<Record<string, unknown>>;

/** @throws Refused with HTTP 500 unless the body is a JSON object with the three keys that the gateway reads unchecked. */
async function contributedBody(request: Request): Promise<Body> {
  let body: unknown;
  try {
    body = await request.json();
  } catch {
    throw uncaught();
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw uncaught();
  for (const key of ["offer_name", "offer_type", "price_sheet_url"]) if (!(key in body)) throw uncaught();
  return Object.fromEntries(Object.entries(body));
}

/** The first fault the gateway finds; HTTP stays 201. */
function complaintAbout(body: Body): { code: string; message: string } | null {
  if (!body.price_sheet_url)
    return { code: "MISSING_FIELD", message: "Le lien vers la fiche des prix est obligatoire" };
  if (body.contribution_type === "NEW_PROVIDER" && !body.provider_name)
    return { code: "MISSING_FIELD", message: "Le nom du fournisseur est obligatoire" };
  const variants = body.power_variants;
  if (variants !== undefined && !Array.isArray(variants))
    return { code: "INVALID_FORMAT", message: "power_variants doit être une liste" };
  const hasPower = Array.isArray(variants) ? variants.length > 0 : typeof body.power_kva === "number";
  return hasPower ? null : { code: "MISSING_FIELD", message: "Au moins une puissance (kVA) est obligatoire" };
}

async function contribute(visit: Visit): Promise<Reply> {
  const body = await contributedBody(visit.request);
  const complaint = complaintAbout(body);
  if (complaint) return failure(complaint.code, complaint.message, 201);
  const { contributions } = visit.state.offers;
  const id = uuidOf(seedOf(`contribution ${contributions.length}`, visit.state.seed));
  contributions.push({ id, at: visit.now, body });
  return success({ id, message: "Contribution soumise avec succès. Les administrateurs vont la vérifier." }, 201);
}

const route = (pattern: string, answer: Route["answer"]): Route => ({
  method: "GET",
  pattern,
  access: "public",
  answer,
});

export const energyRoutes: readonly Route[] = [
  route("/energy/providers", (visit) => success(visit.state.offers.providers())),
  route("/energy/offers", offers),
  route("/energy/offer-types", () => success(offerTypes)),
  { method: "POST", pattern: "/energy/contribute", access: "verified", answer: contribute },
];
