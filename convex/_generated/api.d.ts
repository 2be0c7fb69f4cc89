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
import type * as branches from "../branches.js";
import type * as crons from "../crons.js";
import type * as decisions_addUsage from "../decisions/addUsage.js";
import type * as decisions_boundPage from "../decisions/boundPage.js";
import type * as decisions_chainOf from "../decisions/chainOf.js";
import type * as decisions_changePreferences from "../decisions/changePreferences.js";
import type * as decisions_checkBudget from "../decisions/checkBudget.js";
import type * as decisions_checkClaim from "../decisions/checkClaim.js";
import type * as decisions_checkFence from "../decisions/checkFence.js";
import type * as decisions_chooseFold from "../decisions/chooseFold.js";
import type * as decisions_chooseHistory from "../decisions/chooseHistory.js";
import type * as decisions_commitParts from "../decisions/commitParts.js";
import type * as decisions_compareOpen from "../decisions/compareOpen.js";
import type * as decisions_decideBegin from "../decisions/decideBegin.js";
import type * as decisions_decideContinue from "../decisions/decideContinue.js";
import type * as decisions_decideDue from "../decisions/decideDue.js";
import type * as decisions_decideFork from "../decisions/decideFork.js";
import type * as decisions_decideOpen from "../decisions/decideOpen.js";
import type * as decisions_decidePlace from "../decisions/decidePlace.js";
import type * as decisions_decideQueued from "../decisions/decideQueued.js";
import type * as decisions_decideRetry from "../decisions/decideRetry.js";
import type * as decisions_decideRing from "../decisions/decideRing.js";
import type * as decisions_decideSettle from "../decisions/decideSettle.js";
import type * as decisions_decideWait from "../decisions/decideWait.js";
import type * as decisions_fitsValidator from "../decisions/fitsValidator.js";
import type * as decisions_foldReply from "../decisions/foldReply.js";
import type * as decisions_groupForks from "../decisions/groupForks.js";
import type * as decisions_planAppend from "../decisions/planAppend.js";
import type * as decisions_planMove from "../decisions/planMove.js";
import type * as decisions_planQueueMove from "../decisions/planQueueMove.js";
import type * as decisions_planSchedule from "../decisions/planSchedule.js";
import type * as decisions_present from "../decisions/present.js";
import type * as decisions_readInspection from "../decisions/readInspection.js";
import type * as decisions_searchWords from "../decisions/searchWords.js";
import type * as decisions_snippetOf from "../decisions/snippetOf.js";
import type * as decisions_spendPeriods from "../decisions/spendPeriods.js";
import type * as decisions_streamKey from "../decisions/streamKey.js";
import type * as decisions_textFrom from "../decisions/textFrom.js";
import type * as decisions_tidyTitle from "../decisions/tidyTitle.js";
import type * as decisions_tokenBucket from "../decisions/tokenBucket.js";
import type * as decisions_watchdogTimes from "../decisions/watchdogTimes.js";
import type * as guard from "../guard.js";
import type * as identity from "../identity.js";
import type * as inbox from "../inbox.js";
import type * as jobs from "../jobs.js";
import type * as log from "../log.js";
import type * as memories from "../memories.js";
import type * as messages from "../messages.js";
import type * as overdue from "../overdue.js";
import type * as owe from "../owe.js";
import type * as owed from "../owed.js";
import type * as preferences from "../preferences.js";
import type * as queue from "../queue.js";
import type * as removal from "../removal.js";
import type * as rows_abandonStep from "../rows/abandonStep.js";
import type * as rows_addSpend from "../rows/addSpend.js";
import type * as rows_appendText from "../rows/appendText.js";
import type * as rows_beginMessage from "../rows/beginMessage.js";
import type * as rows_closeLedger from "../rows/closeLedger.js";
import type * as rows_closeWait from "../rows/closeWait.js";
import type * as rows_commitStep from "../rows/commitStep.js";
import type * as rows_createThread from "../rows/createThread.js";
import type * as rows_endWait from "../rows/endWait.js";
import type * as rows_failStep from "../rows/failStep.js";
import type * as rows_findMemories from "../rows/findMemories.js";
import type * as rows_findOverBudget from "../rows/findOverBudget.js";
import type * as rows_findRows from "../rows/findRows.js";
import type * as rows_findTried from "../rows/findTried.js";
import type * as rows_gatherBegin from "../rows/gatherBegin.js";
import type * as rows_keepSearchText from "../rows/keepSearchText.js";
import type * as rows_messageView from "../rows/messageView.js";
import type * as rows_moveTurn from "../rows/moveTurn.js";
import type * as rows_openBranch from "../rows/openBranch.js";
import type * as rows_openStep from "../rows/openStep.js";
import type * as rows_openWait from "../rows/openWait.js";
import type * as rows_ownWords from "../rows/ownWords.js";
import type * as rows_passHoldOn from "../rows/passHoldOn.js";
import type * as rows_placeMessage from "../rows/placeMessage.js";
import type * as rows_readChain from "../rows/readChain.js";
import type * as rows_readCommitted from "../rows/readCommitted.js";
import type * as rows_readHistory from "../rows/readHistory.js";
import type * as rows_readLedger from "../rows/readLedger.js";
import type * as rows_readStretch from "../rows/readStretch.js";
import type * as rows_regenerateTurn from "../rows/regenerateTurn.js";
import type * as rows_releaseHeld from "../rows/releaseHeld.js";
import type * as rows_removeThread from "../rows/removeThread.js";
import type * as rows_retryTurn from "../rows/retryTurn.js";
import type * as rows_ringSchedule from "../rows/ringSchedule.js";
import type * as rows_ringTimer from "../rows/ringTimer.js";
import type * as rows_runSchedule from "../rows/runSchedule.js";
import type * as rows_saveMemory from "../rows/saveMemory.js";
import type * as rows_saveSchedule from "../rows/saveSchedule.js";
import type * as rows_scheduleView from "../rows/scheduleView.js";
import type * as rows_searchMessages from "../rows/searchMessages.js";
import type * as rows_settleTurn from "../rows/settleTurn.js";
import type * as rows_showThinking from "../rows/showThinking.js";
import type * as rows_startAnew from "../rows/startAnew.js";
import type * as rows_startContinuation from "../rows/startContinuation.js";
import type * as rows_startNext from "../rows/startNext.js";
import type * as rows_takeIn from "../rows/takeIn.js";
import type * as rows_takeToken from "../rows/takeToken.js";
import type * as rows_tellRow from "../rows/tellRow.js";
import type * as rows_textStream from "../rows/textStream.js";
import type * as rows_touchTurn from "../rows/touchTurn.js";
import type * as rows_waitView from "../rows/waitView.js";
import type * as rows_wantSummary from "../rows/wantSummary.js";
import type * as rows_wantTitle from "../rows/wantTitle.js";
import type * as schedules from "../schedules.js";
import type * as search from "../search.js";
import type * as service_asService from "../service/asService.js";
import type * as service_context from "../service/context.js";
import type * as service_health from "../service/health.js";
import type * as service_limits from "../service/limits.js";
import type * as service_memories from "../service/memories.js";
import type * as service_schedules from "../service/schedules.js";
import type * as service_search from "../service/search.js";
import type * as service_steps from "../service/steps.js";
import type * as service_summaries from "../service/summaries.js";
import type * as service_text from "../service/text.js";
import type * as service_threads from "../service/threads.js";
import type * as service_timers from "../service/timers.js";
import type * as service_trace from "../service/trace.js";
import type * as service_turns from "../service/turns.js";
import type * as service_users from "../service/users.js";
import type * as spending from "../spending.js";
import type * as threads from "../threads.js";
import type * as times from "../times.js";
import type * as turns from "../turns.js";
import type * as validators from "../validators.js";
import type * as waits from "../waits.js";
import type * as watchdog from "../watchdog.js";

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
  branches: typeof branches;
  crons: typeof crons;
  "decisions/addUsage": typeof decisions_addUsage;
  "decisions/boundPage": typeof decisions_boundPage;
  "decisions/chainOf": typeof decisions_chainOf;
  "decisions/changePreferences": typeof decisions_changePreferences;
  "decisions/checkBudget": typeof decisions_checkBudget;
  "decisions/checkClaim": typeof decisions_checkClaim;
  "decisions/checkFence": typeof decisions_checkFence;
  "decisions/chooseFold": typeof decisions_chooseFold;
  "decisions/chooseHistory": typeof decisions_chooseHistory;
  "decisions/commitParts": typeof decisions_commitParts;
  "decisions/compareOpen": typeof decisions_compareOpen;
  "decisions/decideBegin": typeof decisions_decideBegin;
  "decisions/decideContinue": typeof decisions_decideContinue;
  "decisions/decideDue": typeof decisions_decideDue;
  "decisions/decideFork": typeof decisions_decideFork;
  "decisions/decideOpen": typeof decisions_decideOpen;
  "decisions/decidePlace": typeof decisions_decidePlace;
  "decisions/decideQueued": typeof decisions_decideQueued;
  "decisions/decideRetry": typeof decisions_decideRetry;
  "decisions/decideRing": typeof decisions_decideRing;
  "decisions/decideSettle": typeof decisions_decideSettle;
  "decisions/decideWait": typeof decisions_decideWait;
  "decisions/fitsValidator": typeof decisions_fitsValidator;
  "decisions/foldReply": typeof decisions_foldReply;
  "decisions/groupForks": typeof decisions_groupForks;
  "decisions/planAppend": typeof decisions_planAppend;
  "decisions/planMove": typeof decisions_planMove;
  "decisions/planQueueMove": typeof decisions_planQueueMove;
  "decisions/planSchedule": typeof decisions_planSchedule;
  "decisions/present": typeof decisions_present;
  "decisions/readInspection": typeof decisions_readInspection;
  "decisions/searchWords": typeof decisions_searchWords;
  "decisions/snippetOf": typeof decisions_snippetOf;
  "decisions/spendPeriods": typeof decisions_spendPeriods;
  "decisions/streamKey": typeof decisions_streamKey;
  "decisions/textFrom": typeof decisions_textFrom;
  "decisions/tidyTitle": typeof decisions_tidyTitle;
  "decisions/tokenBucket": typeof decisions_tokenBucket;
  "decisions/watchdogTimes": typeof decisions_watchdogTimes;
  guard: typeof guard;
  identity: typeof identity;
  inbox: typeof inbox;
  jobs: typeof jobs;
  log: typeof log;
  memories: typeof memories;
  messages: typeof messages;
  overdue: typeof overdue;
  owe: typeof owe;
  owed: typeof owed;
  preferences: typeof preferences;
  queue: typeof queue;
  removal: typeof removal;
  "rows/abandonStep": typeof rows_abandonStep;
  "rows/addSpend": typeof rows_addSpend;
  "rows/appendText": typeof rows_appendText;
  "rows/beginMessage": typeof rows_beginMessage;
  "rows/closeLedger": typeof rows_closeLedger;
  "rows/closeWait": typeof rows_closeWait;
  "rows/commitStep": typeof rows_commitStep;
  "rows/createThread": typeof rows_createThread;
  "rows/endWait": typeof rows_endWait;
  "rows/failStep": typeof rows_failStep;
  "rows/findMemories": typeof rows_findMemories;
  "rows/findOverBudget": typeof rows_findOverBudget;
  "rows/findRows": typeof rows_findRows;
  "rows/findTried": typeof rows_findTried;
  "rows/gatherBegin": typeof rows_gatherBegin;
  "rows/keepSearchText": typeof rows_keepSearchText;
  "rows/messageView": typeof rows_messageView;
  "rows/moveTurn": typeof rows_moveTurn;
  "rows/openBranch": typeof rows_openBranch;
  "rows/openStep": typeof rows_openStep;
  "rows/openWait": typeof rows_openWait;
  "rows/ownWords": typeof rows_ownWords;
  "rows/passHoldOn": typeof rows_passHoldOn;
  "rows/placeMessage": typeof rows_placeMessage;
  "rows/readChain": typeof rows_readChain;
  "rows/readCommitted": typeof rows_readCommitted;
  "rows/readHistory": typeof rows_readHistory;
  "rows/readLedger": typeof rows_readLedger;
  "rows/readStretch": typeof rows_readStretch;
  "rows/regenerateTurn": typeof rows_regenerateTurn;
  "rows/releaseHeld": typeof rows_releaseHeld;
  "rows/removeThread": typeof rows_removeThread;
  "rows/retryTurn": typeof rows_retryTurn;
  "rows/ringSchedule": typeof rows_ringSchedule;
  "rows/ringTimer": typeof rows_ringTimer;
  "rows/runSchedule": typeof rows_runSchedule;
  "rows/saveMemory": typeof rows_saveMemory;
  "rows/saveSchedule": typeof rows_saveSchedule;
  "rows/scheduleView": typeof rows_scheduleView;
  "rows/searchMessages": typeof rows_searchMessages;
  "rows/settleTurn": typeof rows_settleTurn;
  "rows/showThinking": typeof rows_showThinking;
  "rows/startAnew": typeof rows_startAnew;
  "rows/startContinuation": typeof rows_startContinuation;
  "rows/startNext": typeof rows_startNext;
  "rows/takeIn": typeof rows_takeIn;
  "rows/takeToken": typeof rows_takeToken;
  "rows/tellRow": typeof rows_tellRow;
  "rows/textStream": typeof rows_textStream;
  "rows/touchTurn": typeof rows_touchTurn;
  "rows/waitView": typeof rows_waitView;
  "rows/wantSummary": typeof rows_wantSummary;
  "rows/wantTitle": typeof rows_wantTitle;
  schedules: typeof schedules;
  search: typeof search;
  "service/asService": typeof service_asService;
  "service/context": typeof service_context;
  "service/health": typeof service_health;
  "service/limits": typeof service_limits;
  "service/memories": typeof service_memories;
  "service/schedules": typeof service_schedules;
  "service/search": typeof service_search;
  "service/steps": typeof service_steps;
  "service/summaries": typeof service_summaries;
  "service/text": typeof service_text;
  "service/threads": typeof service_threads;
  "service/timers": typeof service_timers;
  "service/trace": typeof service_trace;
  "service/turns": typeof service_turns;
  "service/users": typeof service_users;
  spending: typeof spending;
  threads: typeof threads;
  times: typeof times;
  turns: typeof turns;
  validators: typeof validators;
  waits: typeof waits;
  watchdog: typeof watchdog;
}>;
export declare const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
>;
export declare const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
>;
