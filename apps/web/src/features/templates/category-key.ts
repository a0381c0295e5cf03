/** Where the name of a category stands among the texts; their keys hold letters only. */
export function categoryKey(category: string): string {
  return `templates.category.${category.replace(/\P{L}/gu, '')}`;
}
