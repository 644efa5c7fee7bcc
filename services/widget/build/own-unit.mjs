// In the style sheets "rem" means the widget's own unit: the root's font size belongs to the site, and sites set it to
// all sorts of values. See setSize in src/style.ts.

/** A Vite plugin that writes each length in rem as a multiple of --u. */
export function ownUnit() {
  return {
    name: "own-unit",
    enforce: "pre",
    transform(code, id) {
      if (!/\/src\/css\/.*\.css/.test(id)) return null;
      return { code: code.replace(/(?<![\w-])(-?[\d.]+)rem\b/g, "calc($1 * var(--u))"), map: null };
    },
  };
}
