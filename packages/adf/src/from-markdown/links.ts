/** What the address of a link may begin with. Others stay text: `reference` of nothing, or a danger. */
const allowed = /^(?:https?:\/\/|mailto:|tel:|attachment:|page:|#|\/(?!\/))/i

/** Whether a link of this address is taken from Markdown. */
export function isAllowedHref(href: string): boolean {
  return allowed.test(href)
}
