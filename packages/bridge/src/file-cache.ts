import { createFolder } from './credentials/folder.ts'
import { numberIn, parseJsonObject } from './json/object.ts'
import type { ConnectionCache } from './server-description.ts'
import { readCachedConnection } from './server-description.ts'

/** The format of the files. */
const formatVersion = 1

/** Remembers one server in a file of a folder, under the same name as its sign-in. Holds no secrets. */
export function createFileCache({
  folder,
  entry,
}: {
  readonly folder: string
  readonly entry: string
}): ConnectionCache {
  const files = createFolder(folder)
  const name = `${entry}.server.json`
  return {
    async read() {
      const bytes = await files.read(name)
      const value = bytes && parseJsonObject(bytes.toString())
      return numberIn(value, 'version') === formatVersion ? readCachedConnection(value) : undefined
    },
    write: (connection) => files.write(name, JSON.stringify({ version: formatVersion, ...connection })),
    remove: () => files.remove(name),
  }
}
