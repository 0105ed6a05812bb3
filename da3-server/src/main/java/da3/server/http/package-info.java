/**
 * The HTTP server {@link da3.server.http.Da3Server} in front of a task queue. Requests are validated, and invalid ones are
 * rejected with a message.
 */
package da3.server.http;
