/** Lines that are shown around a change. */
const around = 3

/** What changes between two texts that differ in one place, line by line with `-` and `+`. */
export function difference(before: string, after: string): string {
  const [old, next] = [linesOf(before), linesOf(after)]
  const shorter = Math.min(old.length, next.length)
  let same = 0
  while (same < shorter && old[same] === next[same]) same++
  let tail = 0
  while (tail < shorter - same && old.at(-1 - tail) === next.at(-1 - tail)) tail++
  return [
    ...old.slice(Math.max(0, same - around), same).map((line) => `  ${line}`),
    ...old.slice(same, old.length - tail).map((line) => `- ${line}`),
    ...next.slice(same, next.length - tail).map((line) => `+ ${line}`),
    ...old.slice(old.length - tail, old.length - tail + around).map((line) => `  ${line}`),
  ].join('\n')
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/)
}
