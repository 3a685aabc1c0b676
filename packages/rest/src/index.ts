export { basicAuth } from './auth/basic.ts'
export type { BasicAuthOptions } from './auth/basic.ts'
export type { TokenRequest, TokenSource } from './auth/bearer.ts'
export { dataCenterPat } from './auth/data-center-pat.ts'
export type { DataCenterPatOptions } from './auth/data-center-pat.ts'
export { oauth } from './auth/oauth.ts'
export type { OAuthOptions } from './auth/oauth.ts'
export { scopedToken } from './auth/scoped-token.ts'
export type { ScopedTokenOptions } from './auth/scoped-token.ts'
export { serviceAccount } from './auth/service-account.ts'
export type { ServiceAccountOptions } from './auth/service-account.ts'
export type { AuthContext, AuthStrategy, RefusedContext } from './auth/strategy.ts'
export type { Download } from './download.ts'
export type { AtlassianError, AtlassianErrorDetails, ErrorCode, Outcome } from './errors.ts'
export type {
  AnsweredAttempt,
  AnsweredCall,
  Attempt,
  AttemptEvent,
  CallEvent,
  Hooks,
  PendingAttempt,
  RestEvent,
  WaitEvent,
} from './hooks.ts'
export { isAtlassianError } from './is-atlassian-error.ts'
export { limitWith } from './limit-with.ts'
export type { LimitWithOptions, OutboundLimiter } from './limit-with.ts'
export { limitKeysOf } from './limits.ts'
export type { LimitScope } from './limits.ts'
export type { UploadBody, UploadContent, UploadFile, UploadValue } from './multipart.ts'
export { effectOf, productOf } from './operation.ts'
export type {
  Effect,
  Input,
  ItemOf,
  Operation,
  OperationScopes,
  OperationSpec,
  PagedOperation,
  PageKind,
  Product,
} from './operation.ts'
export type {
  CallOptions,
  ItemsOptions,
  PageOptions,
  RestOptions,
  StreamOptions,
  Timeouts,
} from './options.ts'
export type { RawOptions } from './raw.ts'
export type { AnyInput } from './request.ts'
export { createRest } from './rest.ts'
export type { CallArguments, Page, Rest } from './rest.ts'
export { createOperationRouter } from './router.ts'
export type { OperationRouter, Routed, RouteMatch } from './router.ts'
export { isCovered, scopesFor } from './scopes.ts'
export type { NeededScopes } from './scopes.ts'
