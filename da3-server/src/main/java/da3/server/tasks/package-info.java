/** Tasks in a queue before one model, and their results on disk; knows neither HTTP nor a client. */
package da3.server.tasks;
