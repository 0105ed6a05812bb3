/**
 * The service over HTTP: {@link da3.server.http.Da3Server} before a queue of tasks. What comes from outside is refused with
 * a sentence unless it is known to be good.
 */
package da3.server.http;
