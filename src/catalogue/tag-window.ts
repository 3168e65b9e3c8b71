/** How many tags are read where all of one thing's are wanted: far more than any artist or release carries, and one page. */
export const everyTag = { offset: 0, count: 100 };
