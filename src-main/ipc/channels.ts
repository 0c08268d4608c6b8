/** The two channels between a page and the main process: questions one way, answers and events the other. */
export const questionChannel = 'mailroom:question';
export const answerChannel = 'mailroom:answer';
