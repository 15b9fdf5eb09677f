// GENERATED from the Rust types by `UPDATE_GENERATED=1 cargo test`; `cargo test` fails when it is stale.
export const axes = ['fit', 'engagement'];
export const certainties = ['resolved', 'ambiguous', 'unknownWords', 'otherLanguage', 'junk', 'nothing'];
export const levels = ['owner', 'founder', 'c_suite', 'partner', 'vp', 'head', 'director', 'manager', 'senior', 'staff', 'entry', 'intern'];
export const departments = ['executive', 'engineering', 'it', 'data', 'product', 'design', 'marketing', 'sales', 'support', 'finance', 'hr', 'legal', 'operations', 'procurement', 'project', 'consulting', 'admin', 'research', 'medical', 'education', 'media', 'public', 'trades'];
export const flags = ['board', 'deputy', 'assistant_to', 'former', 'interim', 'freelance', 'multiple_roles', 'manages_people'];
export const statuses = ['employed', 'student', 'retired', 'unemployed', 'junk', 'empty', 'unknown'];
export const warnings = ['wrongType', 'notFinite', 'notAChoice', 'badDate', 'tooLong', 'unreadable', 'badEvent', 'eventInFuture', 'aggregateWithoutDate', 'answerDisagreesWithTitle', 'zonePastHorizon'];
export const pickedBy = ['account', 'queue', 'route'];
export const roles = ['decision_maker', 'economic_buyer', 'executive_sponsor', 'champion', 'influencer', 'technical_evaluator', 'legal_compliance', 'end_user', 'gatekeeper', 'not_a_buyer'];
export const clickIds = ['gclid', 'gbraid', 'wbraid', 'dclid', 'gad_source', 'msclkid', 'li_fat_id', 'ttclid', 'twclid', 'fbclid'];
export const emailKinds = ['work', 'roleAddress', 'free', 'disposable', 'invalid'];
export const channels = ['direct', 'crossNetwork', 'paidShopping', 'paidSearch', 'paidSocial', 'paidVideo', 'display', 'paidOther', 'aiAssistant', 'organicShopping', 'organicSocial', 'organicVideo', 'organicSearch', 'referral', 'email', 'affiliates', 'audio', 'sms', 'mobilePushNotifications', 'unassigned'];
/** Each signal and the words that it may be. @type {ReadonlyArray<readonly [string, readonly string[]]>} */
export const signals = [
  ['seniority', levels],
  ['departments', departments],
  ['buyingRole', roles],
  ['titleStatus', statuses],
  ['titleFlags', flags],
  ['emailKind', emailKinds],
  ['emailDomain', []],
  ['channel', channels],
  ['eventCount', []],
  ['daysSinceFirstEvent', []],
  ['daysSinceLastEvent', []],
];
