// What web/pages/verify.js sets.
declare var verifyDossier: typeof import('../verify/verify.js').verifyDossier;
