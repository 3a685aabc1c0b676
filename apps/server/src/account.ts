import type { AccountDetails, DescribeAccount, ReachedChoice } from '@telamon/oauth'
import { isVaultError } from '@telamon/vault'
import type { Vault } from '@telamon/vault'

/** How long the page of a person's connections waits for the upstream, in milliseconds. */
const patienceMs = 5000

/** What the account page says of each connection: which of its sites are reached. What is not known is left out. */
export function describeAccount(vault: Pick<Vault, 'sites'>): DescribeAccount {
  return async ({ grants }) => {
    const signal = AbortSignal.timeout(patienceMs)
    const looked = await Promise.all(
      grants.map(async ({ grantId, choices }) => ({ grantId, reached: await reachedOf(grantId, choices) })),
    )
    const known = new Map<string, readonly ReachedChoice[]>()
    for (const { grantId, reached } of looked) if (reached !== undefined) known.set(grantId, reached)
    return { choices: known } satisfies AccountDetails

    async function reachedOf(
      grantId: string,
      choices: readonly string[],
    ): Promise<readonly ReachedChoice[] | undefined> {
      try {
        const sites = await vault.sites(grantId, { signal })
        const named = sites.map(({ name, url }) => ({ label: name === '' ? url : name, reached: true }))
        const lost = choices.filter((id) => !sites.some(({ cloudId }) => cloudId === id))
        return [...named, ...lost.map((id) => ({ label: id, reached: false }))]
      } catch (error) {
        return isVaultError(error, 'needs_sign_in') ? [] : undefined
      }
    }
  }
}
