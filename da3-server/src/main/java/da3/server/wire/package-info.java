/** The options of a task and their JSON form, which the queue, HTTP and the client share. */
package da3.server.wire;
