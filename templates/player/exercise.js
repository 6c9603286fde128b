// What practice says where an exam says something else.
const finishing = words.check_all;
const helping = words.practice_help;
