import type { OriginBook } from '../origins.ts'
import type { Person } from '../world/model.ts'

const colors = ['#0c66e4', '#216e4e', '#ae2e24', '#5e4db2', '#a54800', '#206a83', '#943d73', '#4c6b1f']

/** The first letters of the first and the last word of a name. */
function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '')
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.at(0) ?? '')
  return letters.join('').toUpperCase()
}

/** The path of an account's picture, which is there on every origin. */
export function avatarPath({ accountId }: Person): string {
  return `/simulator/avatars/${encodeURIComponent(accountId)}.svg`
}

/** Where the picture of an account is served: its initials on a colour of its own. */
export function avatarUrl(origins: OriginBook, person: Person, size = 48): string {
  return `${origins.api}${avatarPath(person)}?size=${size}`
}

/** A square with letters, as SVG. Nothing in it comes from outside but letters, which are escaped. */
export function drawAvatar(name: string): string {
  const letters = initials(name).replaceAll(/[&<>"']/g, '')
  const sum = Array.from(name).reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0)
  const color = colors[sum % colors.length] ?? '#0c66e4'
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="0 0 48 48">',
    `<rect width="48" height="48" rx="24" fill="${color}"/>`,
    '<text x="24" y="25" fill="#fff" font-family="system-ui,sans-serif" font-size="18" font-weight="600"',
    ` text-anchor="middle" dominant-baseline="middle">${letters}</text></svg>`,
  ].join('')
}
