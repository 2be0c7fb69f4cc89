/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";
import type * as asPerson from "../asPerson.js";
import type * as identity from "../identity.js";
import type * as jobs from "../jobs.js";
import type * as messages from "../messages.js";
import type * as preferences from "../preferences.js";
import type * as service_asService from "../service/asService.js";
import type * as service_context from "../service/context.js";
import type * as service_health from "../service/health.js";
import type * as service_limits from "../service/limits.js";
import type * as service_steps from "../service/steps.js";
import type * as service_text from "../service/text.js";
import type * as service_threads from "../service/threads.js";
import type * as service_trace from "../service/trace.js";
import type * as service_turns from "../service/turns.js";
import type * as service_users from "../service/users.js";
import type * as threads from "../threads.js";
import type * as turns from "../turns.js";
import type * as validators from "../validators.js";

/**
 * A utility for referencing Convex functions in your app's API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
declare const fullApi: ApiFromModules<{
  asPerson: typeof asPerson;
  identity: typeof identity;
  jobs: typeof jobs;
  messages: typeof messages;
  preferences: typeof preferences;
  "service/asService": typeof service_asService;
  "service/context": typeof service_context;
  "service/health": typeof service_health;
  "service/limits": typeof service_limits;
  "service/steps": typeof service_steps;
  "service/text": typeof service_text;
  "service/threads": typeof service_threads;
  "service/trace": typeof service_trace;
  "service/turns": typeof service_turns;
  "service/users": typeof service_users;
  threads: typeof threads;
  turns: typeof turns;
  validators: typeof validators;
}>;
export declare const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
>;
export declare const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
>;
