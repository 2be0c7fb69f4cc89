/** 185 tools as other people's servers offer them, to choose among. One a line: name, description, words people use for it. */
import { z } from 'zod'
import { type AgentTool, defineTool } from '../defineTool.ts'

const list = `
calendar_create_event | Creates an event in the calendar | meeting appointment invite book
calendar_list_events | Lists the events of a day or week in the calendar | agenda meetings appointments busy
calendar_update_event | Moves or changes an event in the calendar | reschedule postpone
calendar_delete_event | Removes an event from the calendar | cancel meeting
calendar_find_free_slot | Finds a free slot for several attendees | availability
calendar_respond_to_invite | Accepts or declines an invitation | rsvp
calendar_share | Shares a calendar with somebody | access
calendar_list_calendars | Lists the calendars of the account |
mail_send | Sends an email | email write message recipient
mail_search | Searches the mailbox for emails | inbox email from
mail_read | Reads one email with its attachments | email open
mail_reply | Replies to an email | email answer respond
mail_forward | Forwards an email to somebody | email
mail_archive | Archives an email | email inbox
mail_label | Puts a label on an email | email tag folder
mail_draft | Saves a draft of an email | email compose
mail_unsubscribe | Unsubscribes from a newsletter | spam
mail_list_attachments | Lists the attachments of an email | files
weather_current | Tells the current weather of a place | temperature rain sunny outside
weather_forecast | Tells the weather forecast of the coming days | rain tomorrow weekend umbrella
weather_alerts | Lists severe weather alerts | storm warning
weather_air_quality | Tells the air quality of a city | pollution pollen
weather_history | Tells the weather of a day in the past | climate
weather_sunrise | Tells sunrise and sunset at a place | dawn dusk
crm_create_lead | Creates a lead in the CRM | sales prospect
crm_update_lead | Changes a lead in the CRM | sales prospect stage
crm_search_contacts | Searches contacts in the CRM | customer phone
crm_create_contact | Creates a contact in the CRM | customer
crm_log_call | Logs a phone call with a customer | sales
crm_list_deals | Lists the open deals of the pipeline | sales opportunity
crm_close_deal | Marks a deal as won or lost | sales opportunity
crm_add_note | Adds a note to a customer record | account
git_status | Shows the status of the working tree | repository changes
git_commit | Commits staged changes | repository
git_diff | Shows the differences between two commits | repository changes
git_log | Lists the commits of a branch | repository history
git_create_branch | Creates a branch in the repository | checkout
git_merge | Merges a branch into another | conflict
git_push | Pushes commits to the remote | upload
git_blame | Shows who wrote each line of a source file | author
git_revert | Reverts a commit | undo
git_tag | Tags a commit as a release | version
github_create_issue | Opens an issue in a GitHub repository | bug ticket
github_search_issues | Searches issues on GitHub | bug ticket
github_comment_issue | Comments on a GitHub issue | bug
github_create_pull_request | Opens a pull request on GitHub | review merge
github_review_pull_request | Reviews a pull request on GitHub | approve changes
github_merge_pull_request | Merges a pull request on GitHub |
github_list_workflows | Lists the CI workflow runs | build actions pipeline
github_rerun_workflow | Runs a failed CI workflow again | build actions
github_read_file | Reads a file from a GitHub repository | source code
github_create_release | Publishes a release on GitHub | version changelog
jira_create_ticket | Creates a ticket in Jira | bug story epic
jira_transition_ticket | Moves a Jira ticket to another column | done progress
jira_search | Searches Jira by a query | sprint backlog
jira_assign | Assigns a Jira ticket to somebody | owner
jira_sprint_report | Reports the burndown of a sprint | velocity
linear_create_issue | Creates an issue in Linear | bug
linear_update_issue | Changes an issue in Linear | bug
slack_post_message | Posts a message to a Slack channel | notify team
slack_search | Searches messages in Slack | channel
slack_direct_message | Sends a direct message on Slack | dm
slack_set_status | Sets the status in Slack | away
slack_create_channel | Creates a Slack channel |
teams_post_message | Posts a message in Microsoft Teams | channel
teams_create_meeting | Creates a meeting in Microsoft Teams | call video
zoom_create_meeting | Creates a Zoom meeting | call video
zoom_list_recordings | Lists recordings of Zoom meetings | video
drive_search | Searches files in the drive | document folder
drive_upload | Uploads a file to the drive | document
drive_download | Downloads a file from the drive | document
drive_share | Shares a file with somebody | permission link access
drive_create_folder | Creates a folder in the drive | directory
drive_move | Moves a file to another folder | organize
docs_create | Creates a text document | write
docs_append | Appends text to a document | write
docs_export_pdf | Exports a document as PDF | print
sheets_read | Reads cells of a spreadsheet | excel table row
sheets_write | Writes cells of a spreadsheet | excel table row
sheets_create_chart | Draws a chart in a spreadsheet | graph plot
slides_create | Creates a presentation | deck powerpoint
notion_create_page | Creates a page in Notion | wiki
notion_search | Searches Notion | wiki
notion_update_block | Changes a block in Notion | wiki
confluence_search | Searches Confluence | wiki documentation
confluence_create_page | Creates a page in Confluence | wiki documentation
trello_create_card | Creates a card on a Trello board | kanban
trello_move_card | Moves a Trello card to another list | kanban
asana_create_task | Creates a task in Asana | project
asana_complete_task | Completes a task in Asana | project done
todoist_add | Adds an item to the Todoist to-do list | todo
todoist_complete | Ticks off a Todoist item | todo done
spotify_play | Plays a song on Spotify | music track listen
spotify_pause | Pauses the music on Spotify | stop
spotify_search | Searches songs, albums and artists on Spotify | music
spotify_create_playlist | Creates a playlist on Spotify | music songs
youtube_search | Searches videos on YouTube | watch
youtube_transcript | Gets the transcript of a YouTube video | subtitles
maps_directions | Gives directions between two places | route drive walk navigate
maps_search_places | Searches places nearby | restaurant cafe shop near
maps_distance | Tells the distance and travel duration between two places | far kilometres miles drive
maps_geocode | Turns an address into coordinates | latitude longitude
flights_search | Searches flights | plane airline ticket fly
flights_status | Tells the status of a flight | delayed gate
flights_book | Books a flight | plane ticket
hotels_search | Searches hotels | room stay accommodation
hotels_book | Books a hotel room | reservation stay
trains_search | Searches train connections | railway departure
car_rental_search | Searches rental cars | hire
restaurant_reserve | Reserves a table in a restaurant | dinner booking
taxi_order | Orders a taxi | ride cab
stocks_quote | Tells the price of a stock | share ticker nasdaq
stocks_history | Tells the price history of a stock | chart
crypto_price | Tells the price of a cryptocurrency | bitcoin ethereum
currency_rates | Tells exchange rates of currencies | euro dollar yen
bank_balance | Tells the balance of the bank account | money
bank_transactions | Lists transactions of the bank account | spending payments
bank_transfer | Transfers money to another account | pay wire
invoice_create | Creates an invoice | bill customer
invoice_list | Lists unpaid invoices | bill overdue
invoice_send | Sends an invoice to the customer | bill
stripe_refund | Refunds a payment | money back
stripe_list_payments | Lists payments of Stripe | charges
shop_search_products | Searches products in the shop | buy
shop_add_to_cart | Puts a product into the cart | buy basket
shop_order_status | Tells the status of an order | delivery shipped
shop_return | Starts the return of an order | send back
parcel_track | Tracks a parcel | package delivery shipment
recipes_search | Searches cooking recipes | cook dish ingredients
recipes_nutrition | Tells nutrition facts of a food | calories protein
fitness_log_workout | Logs a workout | running gym exercise
fitness_steps | Tells the steps walked on a day | activity
sleep_report | Tells how long somebody slept | night
medication_list | Lists medication and doses | pills
home_lights | Switches lights on or off | lamp bright dim
home_thermostat | Sets the thermostat | heating temperature warm
home_lock | Locks or unlocks the door | front
home_camera | Shows a picture of a camera | door
home_vacuum | Starts the vacuum robot | clean floor
home_blinds | Opens or closes the blinds | shutters
news_headlines | Lists news headlines | today press politics
news_search | Searches news articles | press
wikipedia_search | Searches Wikipedia | encyclopedia article
wikipedia_summary | Summarises a Wikipedia article | encyclopedia
arxiv_search | Searches scientific papers on arXiv | research preprint
pubmed_search | Searches medical papers | research study
dictionary_define | Defines a word | meaning definition
dictionary_synonyms | Lists synonyms of a word | thesaurus
translate_text | Translates a text into another language | german french spanish
image_generate | Generates an image from a description | picture draw photo
image_describe | Describes an image | picture photo see
image_remove_background | Removes the background of an image | cutout
audio_transcribe | Transcribes an audio recording | speech voice
speech_synthesize | Turns text into speech | voice aloud
pdf_extract_text | Extracts the text of a PDF | document
pdf_merge | Merges several PDFs | document
qr_code_create | Creates a QR code | barcode
shorten_link | Shortens a link | short
sql_query | Runs an SQL query on the database | table select rows
sql_list_tables | Lists the tables of the database | schema
mongo_find | Finds documents in MongoDB | collection
redis_get | Gets a value from Redis | cache key
s3_list_objects | Lists objects of an S3 bucket | storage
s3_upload | Uploads an object to an S3 bucket | storage
docker_list_containers | Lists running containers | image
kubernetes_list_pods | Lists pods of a cluster | deployment
kubernetes_scale | Scales a deployment of a cluster | replicas
kubernetes_logs | Shows logs of a pod | cluster error
aws_cost_report | Reports the cost of the cloud account | bill
sentry_list_errors | Lists errors of a project in Sentry | crash exception
grafana_query | Queries a metric in Grafana | dashboard latency
pagerduty_acknowledge | Acknowledges an incident | alert oncall
datadog_monitors | Lists monitors that alert | metrics
npm_package_info | Tells about an npm package | version dependency
python_run | Runs Python code in a sandbox | script program
shell_run | Runs a command in a shell | terminal bash
regex_test | Tests a regular expression | pattern match
json_format | Formats JSON text | pretty
color_convert | Converts a color between hex and RGB | colour
uuid_generate | Generates a UUID | identifier
password_generate | Generates a password | secret random
dns_lookup | Looks up DNS records of a domain | nameserver
whois | Tells who owns a domain | registrar
ssl_check | Checks the certificate of a site | https expiry
hr_request_leave | Requests vacation days | holiday off
`

export const foreignTools: readonly AgentTool[] = list
  .trim()
  .split('\n')
  .map((line) => {
    const [name = '', description = '', words = ''] = line.split('|').map((part) => part.trim())
    return defineTool({
      name,
      description,
      keywords: words.split(' ').filter(Boolean),
      inputSchema: z.object({}),
      summarize: () => `${description}.`,
      run: () => null,
    })
  })
