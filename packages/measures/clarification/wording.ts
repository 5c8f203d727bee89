import { wording } from '@dandang/casework/wording.ts';

/**
 * What the letters of a clarification say, beside what people typed. How a finding is made known are the words of the central
 * discipline organ's opinion of 2020 (《关于做好失实检举控告澄清工作的意见》): beside the other three it is always written as well.
 */
export const clarificationWording = wording('clarification', {
  'clarification-statement': {
    title: '关于{official}同志有关问题的澄清函',
    opening: '{basis}经核查，现就反映{official}同志的有关问题予以澄清。',
    allegation: '反映的问题',
    finding: '核查结果',
    written: '特此澄清。',
    'in-person': '除本函外，另当面予以澄清。特此澄清。',
    meeting: '除本函外，另在会议上予以澄清。特此澄清。',
    bulletin: '除本函外，另以通报形式予以澄清。特此澄清。',
  },
  'clarification-rescission': {
    title: '关于撤销{number}澄清函的通知',
    body: '经研究，决定撤销{number}澄清函，自本通知印发之日起不再作为依据。',
  },
});
