import { measureBus, measureHttp, measureSurroundings } from '@dandang/lambda/measure-function.ts';
import { reward } from '@dandang/measures/reward/reward.ts';

const around = measureSurroundings(reward);

// Marked as pure, so that the bundle of one function can leave the other one out (infra/bundle.ts).
export const http = /* @__PURE__ */ measureHttp(reward, around);
export const bus = /* @__PURE__ */ measureBus(reward, around);
