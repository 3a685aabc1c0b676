// What is used of the limiter's package: named here, so that bundlers leave the rest of it out.
export { isLimitError, readPause } from '@telamon/rate-limiter'
