// What is used of the limiter's package: named here, so that bundlers leave the rest of it out.
export { atlassianFamilies, heed, isLimitError, readPause } from '@telamon/rate-limiter'
