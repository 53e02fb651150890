package dev.muster.admin;

import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.muster.Api;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;

/** What the tests of the Admin API say again and again. */
final class Operator {
    private static final String TENANTS = "/admin/api/tenants";

    private Operator() {}

    static ValidatableResponse get(String path) {
        return Api.admin().get(TENANTS + path).then();
    }

    static ValidatableResponse post(String path, String body) {
        return Api.admin().body(body).post(TENANTS + path).then();
    }

    static ValidatableResponse put(String path, String body) {
        return Api.admin().body(body).put(TENANTS + path).then();
    }

    static ValidatableResponse patch(String path, String body) {
        return Api.admin().body(body).patch(TENANTS + path).then();
    }

    static ValidatableResponse delete(String path) {
        return Api.admin().delete(TENANTS + path).then();
    }

    /** The answer is a problem (RFC 9457) with this status. */
    static ValidatableResponse problem(ValidatableResponse answer, int status) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("title", not(emptyOrNullString()))
                .body("detail", not(emptyOrNullString()));
    }

    /** The answer is a 400 that names the field. */
    static ValidatableResponse invalid(ValidatableResponse answer, String field) {
        return problem(answer, 400).body("field", equalTo(field));
    }

    static Response settings(String tenant) {
        return get("/" + tenant + "/settings").statusCode(200).extract().response();
    }
}
