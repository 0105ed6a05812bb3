package da3.spark.simulation;

/** A resource that serves one request at a time, in the order of their arrival. */
final class Server {

    private double free; // time when the last request ends
    private double busy;

    /** Returns the time when a request ends that arrives at a time not before earlier ones. */
    double serve(double arrival, double seconds) {
        free = Math.max(arrival, free) + seconds;
        busy += seconds;
        return free;
    }

    /** Returns the total time of all requests. */
    double busy() {
        return busy;
    }
}
