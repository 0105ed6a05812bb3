/** The client of a service in another process: {@link da3.server.client.BackendClient}. */
package da3.server.client;
