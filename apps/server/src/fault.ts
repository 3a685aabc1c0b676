/** What stops the program, in one sentence for a person: what happened and what to do. */
export class Fault extends Error {
  override readonly name = 'Fault'
}

const sentences: Readonly<Record<string, (where: string) => string>> = {
  EACCES: (where) => `${where} may not be used by this account. Choose another, or change its permissions.`,
  EADDRINUSE: (where) => `${where} is in use. Stop what uses it, or choose another one with --port.`,
  EADDRNOTAVAIL: (where) =>
    `${where} does not belong to this machine. Set TELAMON_HOST to an address it has.`,
  ENOSPC: (where) => `There is no space left for ${where}. Free some, or choose another folder with --data.`,
  ENOTDIR: (where) => `${where} is a file, and a folder is needed. Choose another with --data.`,
  EPERM: (where) => `${where} may not be used by this account. Choose another, or change its permissions.`,
  EROFS: (where) => `${where} lies on a read-only file system. Choose another folder with --data.`,
}

/** Turns an error of the system into a sentence about `where`; other errors pass through. */
export function explain(error: unknown, where: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const sentence = sentences[code]
  return sentence === undefined ? error : new Fault(sentence(where), { cause: error })
}
