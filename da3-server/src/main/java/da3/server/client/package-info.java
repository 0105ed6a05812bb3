/** A service used from another process: {@link da3.server.client.BackendClient}. */
package da3.server.client;
