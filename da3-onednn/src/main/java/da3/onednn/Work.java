package da3.onednn;

/**
 * A part of an operation: tasks that may run in any order and at the same time, and what follows when all are done.
 *
 * @param count number of tasks
 * @param finish runs on the engine's thread
 */
record Work(int count, ThreadPool.Task task, Runnable finish) {

    static Work of(int count, ThreadPool.Task task) {
        return new Work(count, task, () -> {});
    }
}
