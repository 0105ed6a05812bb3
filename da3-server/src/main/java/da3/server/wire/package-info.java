/** What the service and its client write alike. */
package da3.server.wire;
