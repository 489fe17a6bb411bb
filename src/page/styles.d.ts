/** Styles are Vite's to bundle; scripts only name them. */
declare module "*.css";
