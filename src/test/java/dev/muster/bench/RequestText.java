package dev.muster.bench;

import java.nio.charset.StandardCharsets;

/** Writes HTTP requests with a bearer token, ready to be sent. */
record RequestText(int port, String token) {

    byte[] get(String path) {
        return text("GET", path, "");
    }

    byte[] post(String path, String body) {
        return text("POST", path, body);
    }

    byte[] patch(String path, String body) {
        return text("PATCH", path, body);
    }

    private byte[] text(String method, String path, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        // The Admin API takes JSON, SCIM takes JSON as well.
        String headers = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer "
                + token + "\r\n"
                + (content.length == 0
                        ? ""
                        : "Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n")
                + "\r\n";
        return (headers + body).getBytes(StandardCharsets.UTF_8);
    }
}
