/** A queue of tasks that one model processes, and their results on disk; independent of HTTP. */
package da3.server.tasks;
