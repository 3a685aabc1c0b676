/** Loads a part when it is first asked for, and gives it from then on. A load that fails may be tried again. */
export function onDemand<Part>(load: () => Promise<Part>): () => Promise<Part> {
  let part: Promise<Part> | undefined
  async function start(): Promise<Part> {
    try {
      return await load()
    } catch (error) {
      part = undefined
      throw error
    }
  }
  return () => (part ??= start())
}
