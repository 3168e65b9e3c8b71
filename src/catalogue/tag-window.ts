/** How many tags are read where all of one thing are wanted: far more than any artist or release has been seen to carry. */
export const everyTag = { offset: 0, count: 100 };
