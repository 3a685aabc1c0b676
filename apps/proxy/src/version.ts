import manifest from '../package.json' with { type: 'json' }

/** The version of this program, which is that of all packages. */
export const version: string = manifest.version
