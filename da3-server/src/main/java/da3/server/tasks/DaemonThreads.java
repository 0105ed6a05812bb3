package da3.server.tasks;

/** Creates daemon threads. */
final class DaemonThreads {

    private DaemonThreads() {}

    static Thread create(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
