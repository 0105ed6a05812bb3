/** The options of a task and their JSON form, shared by the task queue, the server and the client. */
package da3.server.wire;
