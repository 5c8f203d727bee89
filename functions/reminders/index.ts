import { httpSurroundings } from '@dandang/lambda/aws.ts';
import { busFunction } from '@dandang/lambda/bus.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { measureRoutes } from '@dandang/lambda/measure-routes.ts';
import { deadlineReactions } from '@dandang/lambda/react.ts';
import { reminder } from '@dandang/measures/reminder/reminder.ts';

const surroundings = httpSurroundings('reminders');

export const http = httpFunction(measureRoutes(reminder, surroundings), surroundings.verifyToken, surroundings.log);
export const bus = busFunction(deadlineReactions(reminder, surroundings), surroundings.log);
