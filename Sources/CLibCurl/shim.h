#ifndef SWIFT_DATAVERSE_CLIBCURL_SHIM_H
#define SWIFT_DATAVERSE_CLIBCURL_SHIM_H

#if defined(__has_include)
#if !__has_include(<curl/curl.h>)
#error "libcurl's headers are missing: install libcurl4-openssl-dev, or leave out swift-dataverse's trait Curl (traits: [])."
#endif
#endif
#include <curl/curl.h>

// The setters and getters of libcurl take arguments of any type, which Swift cannot call. These take one type each.

/// The version that is there at run time, such as 0x075801 for 7.88.1.
static inline unsigned int dataverse_curl_version(void) {
    return curl_version_info(CURLVERSION_NOW)->version_num;
}

static inline CURLcode dataverse_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode dataverse_curl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

/// Sets a text, which libcurl copies, or a pointer, which it keeps.
static inline CURLcode dataverse_curl_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return curl_easy_setopt(easy, option, value);
}

typedef size_t (*dataverse_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);

/// Sets a function that is handed bytes, or asked for them.
static inline CURLcode dataverse_curl_set_callback(
    CURL *easy, CURLoption option, dataverse_curl_data_callback value
) {
    return curl_easy_setopt(easy, option, value);
}

/// Answers 0 to let the request go out, and 1 to end the transfer.
typedef int (*dataverse_curl_begin_callback)(
    void *context, char *remote_address, char *local_address, int remote_port, int local_port
);

/// Sets the function that is asked each time before a request goes out on a connection, also when libcurl sends one
/// again. libcurl has it since 7.80; the result says whether it is there.
static inline int dataverse_curl_set_begin(CURL *easy, dataverse_curl_begin_callback value, void *context) {
#if LIBCURL_VERSION_NUM >= 0x075000
    return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, value) == CURLE_OK
        && curl_easy_setopt(easy, CURLOPT_PREREQDATA, context) == CURLE_OK;
#else
    (void)easy, (void)value, (void)context;
    return 0;
#endif
}

/// Limits the protocols to those of the web.
static inline void dataverse_curl_set_web_only(CURL *easy) {
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
#endif
}

static inline long dataverse_curl_get_long(CURL *easy, CURLINFO info) {
    long value = 0;
    curl_easy_getinfo(easy, info, &value);
    return value;
}

static inline curl_off_t dataverse_curl_get_offset(CURL *easy, CURLINFO info) {
    curl_off_t value = 0;
    curl_easy_getinfo(easy, info, &value);
    return value;
}

static inline CURLMcode dataverse_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

/// Sets the functions through which libcurl says which sockets to watch, and until when, and what they are handed.
static inline void dataverse_curl_multi_set_callbacks(
    CURLM *multi, curl_socket_callback sockets, curl_multi_timer_callback timer, void *context
) {
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, sockets);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, timer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
}

/// The transfer that has ended, if any, and its result.
static inline CURL *dataverse_curl_multi_ended(CURLM *multi, CURLcode *result) {
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        *result = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}

#endif
