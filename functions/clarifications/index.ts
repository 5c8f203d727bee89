import { measureHttp, measureSurroundings } from '@dandang/lambda/measure-function.ts';
import { clarification } from '@dandang/measures/clarification/clarification.ts';

const around = measureSurroundings(clarification);

export const http = /* @__PURE__ */ measureHttp(clarification, around);
