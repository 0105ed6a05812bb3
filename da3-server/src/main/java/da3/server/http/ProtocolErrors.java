package da3.server.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** JSON responses to requests that Jetty rejects: malformed request lines and headers, and ambiguous addresses. */
final class ProtocolErrors extends ErrorHandler {

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        SecurityHeaders.put(response.getHeaders());
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        Content.Sink.write(response, true, body(code), callback);
    }

    private static String body(int status) {
        String message =
                switch (status) {
                    case 400 -> "the request is malformed or its address is ambiguous";
                    case 414 -> "the address is too long";
                    case 431 -> "the headers are too large";
                    default -> "the request is rejected: " + HttpStatus.getMessage(status);
                };
        return ErrorResponses.body(message).toString();
    }
}
