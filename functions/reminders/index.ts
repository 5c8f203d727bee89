import { measureBus, measureHttp, measureSurroundings } from '@dandang/lambda/measure-function.ts';
import { reminder } from '@dandang/measures/reminder/reminder.ts';

const around = measureSurroundings(reminder);

// Marked as pure, so that the bundle of one function can leave the other one out (infra/bundle.ts).
export const http = /* @__PURE__ */ measureHttp(reminder, around);
export const bus = /* @__PURE__ */ measureBus(reminder, around);
