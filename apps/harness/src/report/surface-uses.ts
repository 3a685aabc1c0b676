import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

import { packages } from './documents.ts'

const imports = /^import \{([^}]*)\} from '([^']*operations\.gen\.ts)'$/gm

/** The operations that the surfaces of the clients are made of, as `FOLDER/NAME` of their tables. */
export function surfaceUses(): ReadonlySet<string> {
  const used = new Set<string>()
  for (const file of globSync('{jira,confluence}/src/*{.ts,/*.ts}', { cwd: packages })) {
    const place = join(packages, file)
    for (const [, names = '', from = ''] of readFileSync(place, 'utf8').matchAll(imports)) {
      const folder = relative(packages, dirname(resolve(dirname(place), from)))
      for (const name of names.split(',')) {
        const [constant = ''] = name.trim().split(' as ')
        if (constant !== '') used.add(`${folder}/${constant}`)
      }
    }
  }
  return used
}
