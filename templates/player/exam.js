// What an exam says where practice says something else.
const finishing = words.check_answers;
const helping = words.help;
