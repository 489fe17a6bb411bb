/**
 * What a browser is told of every answer, whoever gets it: nothing in it runs, is taken for something else, is shown in
 * another site's frame or tells where it was. The pages say for themselves what more they may do.
 */
export const securityHeaders = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'self'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "SAMEORIGIN",
} as const;
