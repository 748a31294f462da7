//! Owns the commands of the Requests and Activity screens. A request names a path below the connection's own API.

use countersign_app::App;
use countersign_app::page::{
    AnnotationsPage, AnnotationsQuery, CallShown, DocumentedRequest, RequestAnswer, RequestDraft, RequestRemembered,
};
use countersign_domain::Failure;
use tauri::State;

use crate::arguments::Argument;

#[tauri::command]
pub(crate) async fn requests_documented(
    app: State<'_, App>,
    connection: Argument<String>,
) -> Result<Vec<DocumentedRequest>, Failure> {
    app.documented_requests(&connection.0).await
}

#[tauri::command]
pub(crate) async fn request_send(
    app: State<'_, App>,
    connection: Argument<String>,
    request: Argument<RequestDraft>,
) -> Result<RequestAnswer, Failure> {
    app.send_request(&connection.0, &request.0).await
}

#[tauri::command]
pub(crate) async fn request_history(
    app: State<'_, App>,
    connection: Argument<String>,
) -> Result<Vec<RequestRemembered>, Failure> {
    app.request_history(&connection.0).await
}

#[tauri::command]
pub(crate) async fn request_as_curl(
    app: State<'_, App>,
    connection: Argument<String>,
    request: Argument<RequestDraft>,
) -> Result<String, Failure> {
    app.request_as_curl(&connection.0, &request.0).await
}

#[tauri::command]
pub(crate) async fn annotations_search(
    app: State<'_, App>,
    connection: Argument<String>,
    query: Argument<AnnotationsQuery>,
) -> Result<AnnotationsPage, Failure> {
    app.search_annotations(&connection.0, &query.0).await
}

#[tauri::command]
pub(crate) async fn activity_list(
    app: State<'_, App>,
    connection: Argument<Option<String>>,
    limit: Argument<u32>,
) -> Result<Vec<CallShown>, Failure> {
    app.activity(connection.0.as_deref(), limit.0).await
}
