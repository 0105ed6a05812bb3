package da3.onednn;

/**
 * A part of an operation, for {@link ThreadPool#run}.
 *
 * @param count number of tasks
 * @param task may run for several indices, from 0 to count - 1, at the same time and in any order
 * @param finish runs on the engine's thread once the tasks of all parts of the operation are done
 */
record Work(int count, ThreadPool.Task task, Runnable finish) {

    static Work of(int count, ThreadPool.Task task) {
        return new Work(count, task, () -> {});
    }
}
